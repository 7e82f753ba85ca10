package io.patchbay.spi;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonWriterFactory;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.InputStream;
import java.io.Reader;
import java.util.Collection;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/**
 * What {@link jakarta.json.Json} does, with the provider looked up once for each WAR.
 *
 * <p>The API's own class searches the class path for a provider at every call. That takes longer
 * than building most objects, and it takes the class loader's locks: virtual threads that load a
 * class meanwhile are pinned while they wait for them, and with all carriers pinned the server
 * stands still.
 */
public final class Json {
  private static final JsonProvider PROVIDER = JsonProvider.provider();

  private Json() {}

  public static JsonObjectBuilder createObjectBuilder() {
    return PROVIDER.createObjectBuilder();
  }

  public static JsonObjectBuilder createObjectBuilder(JsonObject object) {
    return PROVIDER.createObjectBuilder(object);
  }

  public static JsonArrayBuilder createArrayBuilder() {
    return PROVIDER.createArrayBuilder();
  }

  public static JsonArrayBuilder createArrayBuilder(JsonArray array) {
    return PROVIDER.createArrayBuilder(array);
  }

  public static JsonArrayBuilder createArrayBuilder(Collection<?> elements) {
    return PROVIDER.createArrayBuilder(elements);
  }

  public static JsonString createValue(String value) {
    return PROVIDER.createValue(value);
  }

  public static JsonNumber createValue(int value) {
    return PROVIDER.createValue(value);
  }

  /**
   * Reads from a parser or a reader.
   *
   * @throws JsonException also for what is nested more deeply than the provider goes, which tells
   *     that by an exception of no type of its own
   */
  public static <T> T read(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (JsonException | NoSuchElementException | ClassCastException known) {
      throw known;
    } catch (RuntimeException | StackOverflowError tooDeep) {
      throw new JsonException("The JSON is nested too deeply", tooDeep);
    }
  }

  public static JsonReader createReader(InputStream in) {
    return PROVIDER.createReader(in);
  }

  public static JsonReader createReader(Reader in) {
    return PROVIDER.createReader(in);
  }

  public static JsonParser createParser(InputStream in) {
    return PROVIDER.createParser(in);
  }

  public static JsonParser createParser(Reader in) {
    return PROVIDER.createParser(in);
  }

  public static JsonWriterFactory createWriterFactory(Map<String, ?> config) {
    return PROVIDER.createWriterFactory(config);
  }
}
