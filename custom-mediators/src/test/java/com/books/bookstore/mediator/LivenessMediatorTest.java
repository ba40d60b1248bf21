package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.axis2.AxisFault;
import org.apache.axis2.context.ConfigurationContext;
import org.apache.axis2.description.AxisService;
import org.apache.axis2.engine.AxisConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LivenessMediatorTest {

    private final AxisConfiguration deployed = new AxisConfiguration();
    private final LivenessMediator mediator = new LivenessMediator();

    @BeforeEach
    void configure() throws AxisFault {
        mediator.setDataServices("BookDataService  OrderDataService");
        deployed.addService(new AxisService("BookDataService"));
    }

    @Test
    void aNodeWithItsDataServicesIsAlive() throws AxisFault {
        deployed.addService(new AxisService("OrderDataService"));

        TestMessage answer = probe();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.answer()).isEqualTo("{\"status\":\"up\"}");
    }

    /** Only a restart deploys them. */
    @Test
    void aNodeThatLacksADataServiceIsNotAlive() throws AxisFault {
        assertThat(probe().status()).isEqualTo(503);
        assertThat(probe().answer()).isEqualTo("{\"status\":\"down\"}");

        deployed.addService(new AxisService("OrderDataService"));
        assertThat(probe().status()).isEqualTo(200);
    }

    @Test
    void withoutTheSettingNothingIsLookedFor() {
        assertThat(message().through(new LivenessMediator()).status()).isEqualTo(200);
    }

    private TestMessage probe() {
        return message().through(mediator);
    }

    private TestMessage message() {
        TestMessage message = new TestMessage();
        message.axis2().setConfigurationContext(new ConfigurationContext(deployed));
        return message;
    }
}
