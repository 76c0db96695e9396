/** Programs that {@code docs/} shows, as they are compiled and run by the tests. */
package io.copperline.gateway.example;
