package com.books.bookstore.launcher;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The ports of {@code up}. 0 stands for any free port and is not moved by the offset. */
final class Ports {

    private static final int HIGHEST = 65_535;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "number that is added to every port, to run more than one bookstore (default: ${DEFAULT-VALUE})")
    private int offset;

    @Option(
            names = "--site-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "port of the storefront (default: ${DEFAULT-VALUE})")
    private int site;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8290",
            description = "port of the APIs (default: ${DEFAULT-VALUE})")
    private int api;

    @Option(
            names = "--identity-port",
            paramLabel = "PORT",
            defaultValue = "9443",
            description = "HTTPS port of the authorization server (default: ${DEFAULT-VALUE})")
    private int identity;

    @Option(
            names = "--scim-port",
            paramLabel = "PORT",
            defaultValue = "9763",
            description = "HTTP port of SCIM and approvals, on this machine only (default: ${DEFAULT-VALUE})")
    private int scim;

    @Option(
            names = "--sign-in-port",
            paramLabel = "PORT",
            defaultValue = "9764",
            description =
                    "plain HTTP port of the authorization server for browsers, on this machine only (default: ${DEFAULT-VALUE})")
    private int signIn;

    @Option(
            names = "--db-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "port of the embedded database, 0 for any free port (default: ${DEFAULT-VALUE})")
    private int database;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            defaultValue = "9290",
            description = "port of the metrics, on this machine only (default: ${DEFAULT-VALUE})")
    private int metrics;

    @Option(
            names = "--smtp-port",
            paramLabel = "PORT",
            defaultValue = "2525",
            description = "port of the local mail server, on this machine only (default: ${DEFAULT-VALUE})")
    private int smtp;

    @Option(
            names = "--mailbox-port",
            paramLabel = "PORT",
            defaultValue = "8025",
            description = "port of the page that shows the emails, on this machine only (default: ${DEFAULT-VALUE})")
    private int mailbox;

    int site() {
        return moved("--site-port", site);
    }

    int api() {
        return moved("--port", api);
    }

    int identity() {
        return moved("--identity-port", identity);
    }

    int scim() {
        return moved("--scim-port", scim);
    }

    int signIn() {
        return moved("--sign-in-port", signIn);
    }

    int database() {
        return moved("--db-port", database);
    }

    int metrics() {
        return moved("--metrics-port", metrics);
    }

    int smtp() {
        return moved("--smtp-port", smtp);
    }

    int mailbox() {
        return moved("--mailbox-port", mailbox);
    }

    /** @throws ParameterException if one of them is no port */
    void check() {
        site();
        api();
        identity();
        scim();
        signIn();
        database();
        metrics();
        smtp();
        mailbox();
    }

    private int moved(String option, int port) {
        if (port < 0 || port > HIGHEST) {
            throw new ParameterException(
                    command.commandLine(), option + " is " + port + ". A port is a number from 0 to " + HIGHEST);
        }
        int moved = port == 0 ? 0 : port + offset;
        if (moved < 0 || moved > HIGHEST) {
            throw new ParameterException(
                    command.commandLine(),
                    option + " is " + port + ", and with --port-offset " + offset + " it is " + moved
                            + ". A port is a number from 0 to " + HIGHEST);
        }
        return moved;
    }
}
