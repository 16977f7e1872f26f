package kembali.bench.measure;

import java.util.concurrent.Callable;

/** Looks at a phase of a run from outside; the phase does not know who looks. */
public interface Watch {
    /** Nobody looks: for runs that are measured. */
    Watch NOBODY = new Watch() {
        @Override
        public <T> T during(String phase, Callable<T> work) throws Exception {
            return work.call();
        }
    };

    /** Does the work and returns its result. */
    <T> T during(String phase, Callable<T> work) throws Exception;
}
