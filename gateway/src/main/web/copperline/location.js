/** Of Earth's surface, a centimetre. */
const DIGITS = 7;

/**
 * A place as the gateway reads it, a `geo:` URI (RFC 5870).
 * @param {GeolocationPosition | GeolocationCoordinates | string | null | undefined} location
 */
export function geoUri(location) {
  if (!location || typeof location === 'string') {
    return location || undefined;
  }
  const { latitude, longitude, accuracy } = location.coords ?? location;
  const place = `geo:${Number(latitude).toFixed(DIGITS)},${Number(longitude).toFixed(DIGITS)}`;
  return accuracy > 0 ? `${place};u=${Math.ceil(accuracy)}` : place;
}
