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

{{- define "bookstore.containerSecurity" -}}
allowPrivilegeEscalation: false
capabilities:
  drop: ["ALL"]
{{- end -}}
