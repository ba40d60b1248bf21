package com.books.bookstore.identity.scim;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls of this module, held by a test. */
@AnalyzeClasses(packages = "com.books.bookstore.identity.scim", importOptions = DoNotIncludeTests.class)
class ScimWallsTest {

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("com.books.bookstore.identity.(*)..").should().beFreeOfCycles();

    /** SCIM shares the access rules with the approval API, and nothing else. */
    @ArchTest
    static final ArchRule nothingOfTheApprovalEngine = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.books.bookstore.identity.approval..", "com.books.bookstore.identity.registration..");
}
