/** The command line: {@code copperline run | check | route-test | trunk | carrier | version}. It prints for people and exits; everything else is elsewhere. */
package io.copperline.gateway.cli;
