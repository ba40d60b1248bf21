package com.books.bookstore.identity.kernel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What may depend on what in the module that starts the kernel. */
@AnalyzeClasses(packages = "com.books.bookstore.identity.kernel", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule noCyclesBetweenPackages =
            slices().matching("com.books.bookstore.(**)").should().beFreeOfCycles();

    /** The kernel runs in a process of its own: its classes, and those of the bundles, are not on this class path. */
    @ArchTest
    static final ArchRule onlySharedPartsOfTheBookstore = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.net.ssl..",
                    "com.fasterxml.jackson..",
                    "com.books.bookstore.identity.kernel..",
                    "com.books.bookstore.embedded..",
                    "com.books.bookstore.tls..");
}
