/** SIP trunks and legs. {@code jain} translates to and from JAIN-SIP and decides nothing; everything that decides is here. */
package io.copperline.sip;
