package com.books.bookstore.connector;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The wall between the product and what stands in for the engine. */
@AnalyzeClasses(packages = "com.books.bookstore.connector", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule NOTHING_OF_OURS_BUT_WHAT_THE_MEDIATORS_HAVE = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("com.books.bookstore..")
                    .and(resideOutsideOfPackages(
                            "com.books.bookstore.connector..",
                            "com.books.bookstore.domain..",
                            "com.books.bookstore.json..",
                            "com.books.bookstore.mediator..",
                            "com.books.bookstore.problem..",
                            "com.books.bookstore.request..",
                            "com.books.bookstore.security..",
                            "com.books.bookstore.shaded..")));

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("com.books.bookstore.(**)").should().beFreeOfCycles();
}
