package kembali.bench;

import java.util.List;
import kembali.bench.measure.Report;
import kembali.bench.process.Session;

/** One benchmark: what it is called, what it can be told, and how it runs. */
public interface Benchmark {
    /** As people type it. */
    String name();

    /** One line of what it measures. */
    String about();

    /** What it can be told besides what every benchmark can. */
    List<Option> options();

    /**
     * Measures.
     *
     * @throws UnavailableException when the machine lacks something it needs
     */
    Report run(Options options, Session session) throws Exception;
}
