package com.books.bookstore.mediator.registration;

import com.books.bookstore.registration.RegistrationStatus;
import java.util.Map;
import java.util.Optional;

/** The steps by name. A new step adds its class and its line here. */
public final class RegistrationSteps {

    private final Map<String, RegistrationStep> byName = Map.of(
            "request", new RequestConfirmation(),
            "email", new PrepareEmail(),
            "confirm", new ConfirmAddress(),
            "state", new TellState(),
            "count", new CountWaiting(),
            "list", new ListRegistrations(),
            "approve", new DecideRegistration(RegistrationStatus.APPROVED),
            "reject", new DecideRegistration(RegistrationStatus.REJECTED));

    /** @param name as in {@link com.books.bookstore.mediator.message.MessageProperties#REGISTRATION_STEP} */
    public Optional<RegistrationStep> of(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
