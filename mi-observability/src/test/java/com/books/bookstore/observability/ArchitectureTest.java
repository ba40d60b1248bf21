package com.books.bookstore.observability;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The wall between the product and what stands in for the engine. */
@AnalyzeClasses(packages = "com.books.bookstore.observability", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule NOTHING_STANDS_IN_FOR_A_PRODUCT = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.books.bookstore.runtime..",
                    "com.books.bookstore.database..",
                    "com.books.bookstore.launcher..",
                    "com.books.bookstore.mi..",
                    "com.books.bookstore.identity.oauth..",
                    "com.books.bookstore.identity.kernel..",
                    "com.books.bookstore.identity.approval..",
                    "com.books.bookstore.identity.scim..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("com.books.bookstore.(**)").should().beFreeOfCycles();
}
