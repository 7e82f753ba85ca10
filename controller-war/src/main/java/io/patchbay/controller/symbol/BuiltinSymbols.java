package io.patchbay.controller.symbol;

import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The symbols that are always there, by the names that projects use. A classic one is a picture of
 * its own; the affinity themes are one set of signs, each on a coloured square or circle.
 */
final class BuiltinSymbols {
  static final String PREFIX = ":/symbols/";

  private static final String CLASSIC = "classic";
  private static final String AFFINITY = "affinity";
  private static final JsonObject INDEX = index();

  /** Colours of the affinity themes: the top and the bottom of what the sign stands on. */
  private static final Map<String, List<String>> COLOURS =
      Map.of(
          "blue", List.of("#4a90d6", "#2f6fb3"),
          "gray", List.of("#8793a0", "#66717c"),
          "green", List.of("#57b371", "#3b8f54"),
          "red", List.of("#dd6857", "#b84939"));

  private static final Map<String, String> GROUNDS =
      Map.of(
          "square",
          "<rect x=\"1\" y=\"1\" width=\"58\" height=\"58\" rx=\"9\" fill=\"url(#g)\"/>",
          "circle",
          "<circle cx=\"30\" cy=\"30\" r=\"29\" fill=\"url(#g)\"/>");

  private final Map<String, Symbol> symbols = new LinkedHashMap<>();
  private final Map<String, Picture> pictures = new ConcurrentHashMap<>();

  BuiltinSymbols() {
    for (String shape : List.of("circle", "square")) {
      for (String colour : COLOURS.keySet().stream().sorted().toList()) {
        names(AFFINITY).forEach(name -> add(AFFINITY + "/" + shape + "/" + colour + "/" + name));
      }
    }
    names(CLASSIC).forEach(name -> add(CLASSIC + "/" + name));
  }

  private static JsonObject index() {
    try (InputStream in = BuiltinSymbols.class.getResourceAsStream("symbols.json");
        JsonReader reader = Json.createReader(in)) {
      return reader.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(String set) {
    return INDEX.getJsonArray(set).getValuesAs(JsonString::getString);
  }

  private void add(String path) {
    String id = PREFIX + path + ".svg";
    symbols.put(id, new Symbol(id, theme(path), true));
  }

  private static String theme(String path) {
    String directory = path.substring(0, path.lastIndexOf('/')).replace('/', '-');
    return Character.toUpperCase(directory.charAt(0)) + directory.substring(1);
  }

  List<Symbol> all() {
    return new ArrayList<>(symbols.values());
  }

  /** The symbol with this id, or with the same file name among the classic ones. */
  Optional<Symbol> find(String id) {
    Symbol exact = symbols.get(id);
    return exact != null ? Optional.of(exact) : Optional.ofNullable(symbols.get(classic(id)));
  }

  boolean has(String id) {
    return symbols.containsKey(id);
  }

  private static String classic(String id) {
    return PREFIX + CLASSIC + "/" + id.substring(id.lastIndexOf('/') + 1);
  }

  Picture picture(Symbol symbol) {
    return pictures.computeIfAbsent(symbol.id().substring(PREFIX.length()), BuiltinSymbols::draw);
  }

  private static Picture draw(String path) {
    String[] parts = path.split("/");
    String text =
        parts[0].equals(CLASSIC)
            ? resource(path)
            : onGround(parts[1], parts[2], resource(AFFINITY + "/" + parts[3]));
    return Picture.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts what stands under a sign before it. */
  private static String onGround(String shape, String colour, String sign) {
    List<String> colours = COLOURS.get(colour);
    String ground =
        "<defs><linearGradient id=\"g\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"1\">"
            + "<stop offset=\"0\" stop-color=\"%s\"/><stop offset=\"1\" stop-color=\"%s\"/>"
                .formatted(colours.getFirst(), colours.getLast())
            + "</linearGradient></defs>\n<g stroke=\"none\">"
            + GROUNDS.get(shape)
            + "</g>";
    int content = sign.indexOf('>') + 1;
    return sign.substring(0, content) + "\n" + ground + sign.substring(content);
  }

  private static String resource(String path) {
    try (InputStream in = BuiltinSymbols.class.getResourceAsStream(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For each theme that clients offer, which symbol stands for which kind of device. */
  JsonObject defaults() {
    JsonObjectBuilder themes =
        Json.createObjectBuilder().add("Classic", defaults(CLASSIC, CLASSIC));
    for (String shape : List.of("square", "circle")) {
      for (String colour : List.of("blue", "red", "gray")) {
        String directory = AFFINITY + "/" + shape + "/" + colour;
        themes.add(theme(directory + "/"), defaults(AFFINITY, directory));
      }
    }
    return themes.build();
  }

  private static JsonObjectBuilder defaults(String set, String directory) {
    JsonObjectBuilder devices = Json.createObjectBuilder();
    INDEX
        .getJsonObject("devices")
        .forEach(
            (device, names) ->
                devices.add(
                    device,
                    PREFIX + directory + "/" + names.asJsonObject().getString(set) + ".svg"));
    return devices;
  }
}
