/**
 * The sample as data: made-up people, how they arrive, and what the CS people do with them. The same
 * on every run, but for times that must lie shortly before now. What is to come of it is told by
 * {@link kembali.demo.foresight}; doing it is the work of {@link kembali.demo.drive}.
 */
@NullMarked
package kembali.demo.sample;

import org.jspecify.annotations.NullMarked;
