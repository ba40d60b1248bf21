package com.books.bookstore.identity.approval;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls of this module, held by a test. */
@AnalyzeClasses(packages = "com.books.bookstore.identity", importOptions = DoNotIncludeTests.class)
class ApprovalWallsTest {

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("com.books.bookstore.identity.(*)..").should().beFreeOfCycles();

    /** Who may do what does not depend on what there is to do. */
    @ArchTest
    static final ArchRule accessKnowsNoApprovals = noClasses()
            .that()
            .resideInAPackage("..identity.access..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..identity.approval..");
}
