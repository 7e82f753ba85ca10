package io.patchbay.controller.picture;

import io.patchbay.spi.LabException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Lets passive pictures through only: other users' browsers show them inside the page of the web
 * UI, where a script would act for its user and a reference would tell that the page was seen.
 */
public final class SvgCheck {
  private static final Set<String> ACTIVE =
      Set.of(
          "script",
          "foreignobject",
          "iframe",
          "frame",
          "embed",
          "object",
          "applet",
          "audio",
          "video",
          "handler",
          "listener",
          "link",
          "meta",
          "base",
          "form");

  /** Attributes that name another document or file. */
  private static final Set<String> REFERENCES =
      Set.of("href", "src", "srcset", "action", "formaction", "data", "poster", "ping");

  /** The name space by which elements become HTML ones. */
  private static final String HTML = "www.w3.org/1999/xhtml";

  private static final Pattern PICTURE =
      Pattern.compile("data:image/(png|jpe?g|gif|bmp|webp|x-icon);.*", Pattern.DOTALL);
  private static final Pattern NESTED =
      Pattern.compile("data:image/svg\\+xml;base64,(.*)", Pattern.DOTALL);
  private static final int DEEPEST = 3;

  /** Without declarations of its own, as drawing programs write it. */
  private static final Pattern DOCTYPE = Pattern.compile("<!DOCTYPE[^\\[>]*>");

  private static final Pattern CSS_CODE = Pattern.compile("\\\\([0-9a-f]{1,6})\\s?");
  private static final Pattern CSS_URL = Pattern.compile("url\\(\\s*['\"]?\\s*([^)]*)");
  private static final XMLInputFactory XML = factory();

  private SvgCheck() {}

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    // Clients leave out declarations of prefixes that browsers know anyway.
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    return factory;
  }

  /**
   * @throws LabException (INVALID) that says what is not passive, or that it is no XML
   */
  public static void require(String svg) {
    check(svg, 1);
  }

  private static void check(String svg, int depth) {
    String document = DOCTYPE.matcher(svg).replaceFirst("").strip();
    if (depth > DEEPEST || document.contains("<!DOCTYPE") || document.contains("<!ENTITY")) {
      throw refused("it declares entities or nests too deeply");
    }
    try {
      XMLStreamReader reader = XML.createXMLStreamReader(new StringReader(document));
      StringBuilder style = new StringBuilder();
      boolean inStyle = false;
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            String element = local(reader.getLocalName());
            checkElement(reader, element, depth);
            inStyle = element.equals("style");
          }
          case XMLStreamConstants.END_ELEMENT -> inStyle = false;
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
            if (inStyle) {
              style.append(reader.getText());
            }
          }
          case XMLStreamConstants.PROCESSING_INSTRUCTION ->
              throw refused("it has a processing instruction");
          case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
              throw refused("it declares or uses entities");
          default -> {
            // Comments and white space do nothing.
          }
        }
      }
      checkStyle(style.toString(), "style");
    } catch (XMLStreamException malformed) {
      throw LabException.invalid("The svg is not well-formed XML");
    }
  }

  private static LabException refused(String why) {
    return LabException.invalid("The svg is refused: " + why);
  }

  /** The name without its prefix, in lower case, as HTML parsers compare names. */
  private static String local(String name) {
    return name.substring(name.indexOf(':') + 1).toLowerCase(Locale.ROOT);
  }

  private static void checkElement(XMLStreamReader reader, String element, int depth) {
    if (ACTIVE.contains(element)) {
      throw refused("<" + element + "> is active content");
    }
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      checkAttribute(
          element,
          reader.getAttributeLocalName(i).toLowerCase(Locale.ROOT),
          reader.getAttributeValue(i),
          depth);
    }
  }

  private static void checkAttribute(String element, String name, String value, int depth) {
    String plain = squeeze(value);
    if (plain.contains(HTML)) {
      throw refused("it holds HTML");
    }
    String local = local(name);
    if (local.startsWith("on")) {
      throw refused(name + " handles events");
    }
    if (local.equals("base")) {
      throw refused("xml:base leads elsewhere");
    }
    if (REFERENCES.contains(local)) {
      checkReference(element, name, value.strip(), plain, depth);
      return;
    }
    // An animation could give any of the above later.
    if (local.equals("attributename")
        && (local(plain).startsWith("on") || REFERENCES.contains(local(plain)))) {
      throw refused("it animates " + plain);
    }
    if (plain.contains("javascript:") || plain.contains("vbscript:")) {
      throw refused(name + " holds a script");
    }
    checkStyle(value, name);
  }

  /** Browsers ignore white space and control characters inside a URL's scheme. */
  private static String squeeze(String value) {
    return value.replaceAll("[\\s\\p{Cntrl}]", "").toLowerCase(Locale.ROOT);
  }

  private static void checkReference(
      String element, String name, String value, String plain, int depth) {
    if (plain.isEmpty() || plain.startsWith("#") || PICTURE.matcher(plain).matches()) {
      return;
    }
    Matcher nested = NESTED.matcher(value);
    if (element.equals("image") && nested.matches()) {
      checkNested(nested.group(1), depth);
      return;
    }
    throw refused(name + " leads out of it");
  }

  private static void checkNested(String base64, int depth) {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(base64);
      check(new String(bytes, StandardCharsets.UTF_8), depth + 1);
    } catch (IllegalArgumentException noBase64) {
      throw refused("an image inside it cannot be decoded");
    }
  }

  private static void checkStyle(String css, String where) {
    if (!css.contains("(") && !css.contains("@") && !css.contains("\\")) {
      return;
    }
    String plain =
        CSS_CODE
            .matcher(css.toLowerCase(Locale.ROOT))
            .replaceAll(code -> Matcher.quoteReplacement(character(code.group(1))))
            .replace("\\", "");
    Matcher url = CSS_URL.matcher(plain);
    while (url.find()) {
      String target = squeeze(url.group(1));
      if (!target.startsWith("#") && !PICTURE.matcher(target).matches()) {
        throw refused(where + " leads out of it");
      }
    }
    if (plain.contains("@import")
        || plain.contains("expression(")
        || plain.contains("image-set(")
        || squeeze(plain).contains("javascript:")) {
      throw refused(where + " is active or leads out of it");
    }
  }

  private static String character(String hexadecimal) {
    int code = Integer.parseInt(hexadecimal, 16);
    return Character.isValidCodePoint(code) ? Character.toString(code) : " ";
  }
}
