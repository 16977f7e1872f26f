package kembali.demo.platform;

import kembali.demo.sample.Person;

/**
 * Whom an event is about.
 *
 * @param leadId Kembali's, {@code ld_…}
 * @param code the visitor code
 */
public record Subject(Person person, String leadId, String code) {}
