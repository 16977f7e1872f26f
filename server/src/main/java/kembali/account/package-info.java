/**
 * Workspaces, the hosts their links answer on, and who may do what in them. Everything an advertiser owns belongs to
 * one workspace.
 */
@NullMarked
package kembali.account;

import org.jspecify.annotations.NullMarked;
