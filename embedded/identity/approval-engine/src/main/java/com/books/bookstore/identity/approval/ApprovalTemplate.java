package com.books.bookstore.identity.approval;

import org.wso2.carbon.identity.workflow.mgt.bean.metadata.InputData;
import org.wso2.carbon.identity.workflow.mgt.template.AbstractTemplate;

/** The template of approval workflows, under the name that Identity Server gives it. */
final class ApprovalTemplate extends AbstractTemplate {

    private static final String META_DATA =
            "<met:MetaData xmlns:met=\"http://metadata.bean.mgt.workflow.identity.carbon.wso2.org\"><met:Template>"
                    + "<met:TemplateId>" + ApprovalWorkflow.TEMPLATE + "</met:TemplateId>"
                    + "<met:TemplateName>Approval by a role</met:TemplateName>"
                    + "<met:TemplateDescription>A member of one role decides</met:TemplateDescription>"
                    + "</met:Template></met:MetaData>";

    ApprovalTemplate() {
        super(META_DATA);
    }

    @Override
    protected InputData getInputData(String parameterName) {
        return null;
    }
}
