{{- define "bookstore.image" -}}
{{- $image := index . 0 -}}{{- $root := index . 1 -}}
{{- if $image.digest -}}
{{ $image.repository }}@{{ $image.digest }}
{{- else -}}
{{ $image.repository }}:{{ $image.tag | default $root.Chart.AppVersion | default $root.Chart.Version }}
{{- end -}}
{{- end -}}

{{- define "bookstore.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10802
runAsGroup: 10802
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- /* Settings that are the content of a file. */ -}}
{{- define "bookstore.fileVariables" -}}
{{- range . }}
- name: {{ . }}_FILE
  value: /run/secrets/bookstore/{{ . }}
{{- end }}
{{- end -}}

{{- define "bookstore.fileMount" -}}
- name: secrets
  mountPath: /run/secrets/bookstore
  readOnly: true
{{- end -}}

{{- define "bookstore.fileVolume" -}}
- name: secrets
  secret:
    secretName: {{ .secret }}
    defaultMode: 0440
{{- end -}}

{{- define "bookstore.containerSecurity" -}}
allowPrivilegeEscalation: false
capabilities:
  drop: ["ALL"]
{{- end -}}
