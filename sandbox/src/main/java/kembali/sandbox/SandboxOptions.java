package kembali.sandbox;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How a sandbox is started.
 *
 * @param host address to listen on
 * @param port TCP port; 0 takes any free one
 * @param lean true keeps counts and duplicate detection only: no bodies, no list of events
 * @param clock what "now" is when the age of an event is judged
 * @param futureTolerance how far ahead an event time may lie. No platform documents its own; peers allow a minute
 */
public record SandboxOptions(String host, int port, boolean lean, InstantSource clock, Duration futureTolerance) {
    /** Loopback, full detail, the system's clock, a minute of tolerance. */
    public static SandboxOptions onPort(int port) {
        return new SandboxOptions("127.0.0.1", port, false, InstantSource.system(), Duration.ofMinutes(1));
    }

    /** The same on another address. */
    public SandboxOptions withHost(String otherHost) {
        return new SandboxOptions(otherHost, port, lean, clock, futureTolerance);
    }

    /** The same on another port. */
    public SandboxOptions withPort(int otherPort) {
        return new SandboxOptions(host, otherPort, lean, clock, futureTolerance);
    }

    /** The same, only counting. */
    public SandboxOptions withLean(boolean onlyCount) {
        return new SandboxOptions(host, port, onlyCount, clock, futureTolerance);
    }

    /** The same with another clock. */
    public SandboxOptions withClock(InstantSource otherClock) {
        return new SandboxOptions(host, port, lean, otherClock, futureTolerance);
    }

    /** The same with another tolerance for event times that lie ahead. */
    public SandboxOptions withFutureTolerance(Duration tolerance) {
        return new SandboxOptions(host, port, lean, clock, tolerance);
    }
}
