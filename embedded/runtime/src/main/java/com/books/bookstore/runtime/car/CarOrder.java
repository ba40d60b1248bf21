package com.books.bookstore.runtime.car;

import com.books.bookstore.runtime.artifact.DeploymentException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The order in which CARs are deployed: each after those it depends on, else alphabetically. */
final class CarOrder {

    private final Map<String, CarFile> byId = new LinkedHashMap<>();
    private final Set<CarFile> ordered = new LinkedHashSet<>();

    private CarOrder() {}

    /** @throws DeploymentException if a dependency is missing or CARs depend on each other in a circle */
    static List<CarFile> of(List<CarFile> cars) {
        CarOrder order = new CarOrder();
        List<CarFile> sorted = new ArrayList<>(cars);
        sorted.sort(Comparator.comparing(CarFile::fileName));
        for (CarFile car : sorted) {
            if (order.byId.put(car.id(), car) != null) {
                throw new DeploymentException(car.fileName() + ": the CAR " + car.id() + " is given twice");
            }
        }
        for (CarFile car : sorted) {
            order.add(car, new LinkedHashSet<>());
        }
        return List.copyOf(order.ordered);
    }

    private void add(CarFile car, Set<CarFile> waiting) {
        if (ordered.contains(car)) {
            return;
        }
        if (!waiting.add(car)) {
            throw new DeploymentException(
                    car.fileName() + ": descriptor.xml: the CAR depends on itself through its dependencies");
        }
        for (String dependency : car.dependencies()) {
            CarFile dependencyCar = byId.get(dependency);
            if (dependencyCar == null) {
                throw new DeploymentException(car.fileName() + ": descriptor.xml: the CAR depends on " + dependency
                        + ", which is not deployed here");
            }
            add(dependencyCar, waiting);
        }
        waiting.remove(car);
        ordered.add(car);
    }
}
