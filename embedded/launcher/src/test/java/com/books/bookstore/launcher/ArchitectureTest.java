package com.books.bookstore.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What may depend on what in the launcher. */
@AnalyzeClasses(packages = "com.books.bookstore.launcher", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule noCyclesBetweenPackages =
            slices().matching("com.books.bookstore.(**)").should().beFreeOfCycles();

    /** The launcher starts the parts; their insides, and what is deployed on them, are not its business. */
    @ArchTest
    static final ArchRule onlyWhatStartsTheParts = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.synapse..",
                    "org.apache.axis2..",
                    "org.wso2..",
                    "com.books.bookstore.domain..",
                    "com.books.bookstore.mediator..",
                    "com.books.bookstore.runtime.engine..",
                    "com.books.bookstore.runtime.dataservice..");
}
