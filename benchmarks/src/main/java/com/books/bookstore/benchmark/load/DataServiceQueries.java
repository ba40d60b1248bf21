package com.books.bookstore.benchmark.load;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The SQL of a data service, read from its definition, so that what is compared with the data service runs the same SQL. */
final class DataServiceQueries {

    private static final Pattern PARAMETER = Pattern.compile(":([A-Za-z]\\w*)");

    private final Element root;

    DataServiceQueries(Path definition) throws IOException {
        try {
            root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(definition.toFile())
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(definition + " cannot be read", e);
        }
    }

    /** @throws IllegalArgumentException if there is no such query */
    Query query(String id) {
        NodeList queries = root.getElementsByTagName("query");
        for (int i = 0; i < queries.getLength(); i++) {
            Element query = (Element) queries.item(i);
            if (id.equals(query.getAttribute("id"))) {
                return Query.of(query.getElementsByTagName("sql")
                        .item(0)
                        .getTextContent()
                        .strip());
            }
        }
        throw new IllegalArgumentException("There is no query " + id);
    }

    /**
     * SQL as JDBC takes it.
     *
     * @param parameters the name of each question mark
     */
    record Query(String sql, List<String> parameters) {

        private static Query of(String sqlWithNames) {
            List<String> names = new ArrayList<>();
            Matcher matcher = PARAMETER.matcher(sqlWithNames);
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
            return new Query(matcher.replaceAll("?"), List.copyOf(names));
        }

        PreparedStatement prepare(Connection connection, Map<String, ?> values) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(sql);
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, values.get(parameters.get(i)));
            }
            return statement;
        }
    }
}
