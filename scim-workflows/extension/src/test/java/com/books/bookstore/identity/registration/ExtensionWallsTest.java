package com.books.bookstore.identity.registration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls of this module, held by a test. */
@AnalyzeClasses(packages = "com.books.bookstore.identity.registration", importOptions = DoNotIncludeTests.class)
class ExtensionWallsTest {

    @ArchTest
    static final ArchRule noCycles = slices().matching("com.books.bookstore.identity.(registration..)")
            .should()
            .beFreeOfCycles();

    /** It runs on Identity Server, where nothing of the stand-ins exists. */
    @ArchTest
    static final ArchRule nothingOfTheStandIns = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.books.bookstore.runtime..",
                    "com.books.bookstore.identity.access..",
                    "com.books.bookstore.identity.approval..",
                    "com.books.bookstore.identity.scim..",
                    "com.books.bookstore.identity.kernel..",
                    "com.books.bookstore.identity.oauth..",
                    "com.books.bookstore.tls..",
                    "com.books.bookstore.embedded..");

    /** What a registration is and what the emails say does not depend on the server. */
    @ArchTest
    static final ArchRule onlyInternalKnowsTheServer = noClasses()
            .that()
            .resideOutsideOfPackage("..registration.internal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.wso2..", "org.osgi..");
}
