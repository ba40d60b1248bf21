package com.books.bookstore;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls between the packages, and between the product and what stands in for the engine. */
@AnalyzeClasses(packages = "com.books.bookstore", importOptions = ArchitectureTest.OfThisModule.class)
class ArchitectureTest {

    private static final String CLASSES = "/custom-mediators/target/classes/";

    /** What stands in for the engine lies on the class path of the tests under package names of its own. */
    static final class OfThisModule implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return location.contains(CLASSES);
        }
    }

    private static boolean isOfAnotherModule(JavaClass type) {
        return type.getPackageName().startsWith("com.books.bookstore")
                && type.getSource()
                        .filter(source -> !source.getUri().toString().contains(CLASSES))
                        .isPresent();
    }

    @ArchTest
    static final ArchRule THE_DOMAIN_IS_PLAIN_JAVA = classes()
            .that()
            .resideInAPackage("..bookstore.domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "com.books.bookstore.domain..");

    @ArchTest
    static final ArchRule ONLY_MEDIATORS_SEE_THE_ENGINE = noClasses()
            .that()
            .resideOutsideOfPackage("com.books.bookstore.mediator..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.synapse..", "org.apache.axis2..", "org.apache.axiom..");

    @ArchTest
    static final ArchRule MEDIATORS_ARE_NOT_NEEDED_BELOW = noClasses()
            .that()
            .resideOutsideOfPackage("com.books.bookstore.mediator..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.books.bookstore.mediator..");

    @ArchTest
    static final ArchRule NOTHING_STANDS_IN_FOR_A_PRODUCT = noClasses()
            .should()
            .dependOnClassesThat(describe("are ours, of another module", ArchitectureTest::isOfAnotherModule));

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("com.books.bookstore.(**)").should().beFreeOfCycles();
}
