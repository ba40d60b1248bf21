package com.books.bookstore.observability;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
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
    static final ArchRule NOTHING_OF_OURS_FROM_OTHER_MODULES = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("com.books.bookstore..")
                    .and(resideOutsideOfPackage("com.books.bookstore.observability..")));

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("com.books.bookstore.(**)").should().beFreeOfCycles();
}
