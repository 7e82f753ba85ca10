package io.patchbay.server.json;

import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JakartaJsonNode;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The JSON Schema (2020-12) of a request body. Instances may be used from many threads. */
public final class BodySchema {
  private final Validator validator;
  private final URI uri;

  private BodySchema(String schema) {
    validator =
        new ValidatorFactory()
            .withJsonNodeFactory(new WholeNumbers(new JakartaJsonNode.Factory()))
            .createValidator();
    uri = validator.registerSchema(schema);
  }

  public static BodySchema of(String schema) {
    return new BodySchema(schema);
  }

  /**
   * Reads a schema from a resource beside a class.
   *
   * @param name such as {@code create.schema.json}
   */
  public static BodySchema resource(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + name + " beside " + owner.getName());
      }
      return new BodySchema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Refuses a body that does not match.
   *
   * @throws LabException ({@link ErrorCode#INVALID}) whose message names the field
   */
  public void check(JsonObject body) {
    Validator.Result result = validator.validate(uri, body);
    if (!result.isValid()) {
      throw new LabException(ErrorCode.INVALID, describe(result.getErrors()), Map.of());
    }
  }

  /** The deepest error says most: "zoom is not an integer", not "the object does not match". */
  private static String describe(List<Error> errors) {
    Error worst =
        errors.stream()
            .max(Comparator.comparingInt(error -> error.getInstanceLocation().length()))
            .orElseThrow();
    String field = worst.getInstanceLocation().replaceFirst("^/", "").replace('/', '.');
    return "Invalid request: " + (field.isEmpty() ? "" : "'" + field + "': ") + worst.getError();
  }
}
