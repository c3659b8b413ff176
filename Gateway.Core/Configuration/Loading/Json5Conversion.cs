using System.Globalization;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Json5;

namespace OpenClaw.Gateway.Core.Configuration.Loading;

/// <summary>Turns a JSON5 syntax tree into JSON values.</summary>
internal static class Json5Conversion
{
    /// <summary>Of two members with one name the last counts. JSON has no infinite numbers: they become null, as in the peer.</summary>
    public static JsonNode? ToJson(Json5Document document, string file = "", ConfigOrigins? origins = null) =>
        Convert(document.Root, document, file, origins);

    /// <summary>One value, without its place.</summary>
    public static JsonNode? ToJson(Json5Node node) => Convert(node, null, "", null);

    private static JsonNode? Convert(Json5Node node, Json5Document? document, string file, ConfigOrigins? origins)
    {
        JsonNode? value = node switch
        {
            Json5String text => JsonValue.Create(text.Value),
            Json5Integer integer => JsonNumber.Create(integer.Value),
            Json5Number number => double.IsFinite(number.Value) ? JsonNumber.Create(number.Value) : null,
            Json5Literal literal => literal.Value is { } truth ? JsonValue.Create(truth) : null,
            Json5Object obj => ConvertObject(obj, document, file, origins),
            Json5Array array => ConvertArray(array, document, file, origins),
            _ => throw new InvalidOperationException($"No conversion for {node.GetType().Name}."),
        };
        if (value is not null && origins is not null)
            origins.Record(value, Position(node.Start, document!, file));
        return value;
    }

    private static JsonObject ConvertObject(Json5Object obj, Json5Document? document, string file, ConfigOrigins? origins)
    {
        var result = new JsonObject();
        foreach (var member in obj.Members)
        {
            var value = Convert(member.Value, document, file, origins);
            result[member.Name] = value;
            if (value is null && origins is not null)
                origins.RecordNull(result, member.Name, Position(member.Value.Start, document!, file));
        }
        return result;
    }

    private static JsonArray ConvertArray(Json5Array array, Json5Document? document, string file, ConfigOrigins? origins)
    {
        var result = new JsonArray();
        for (var i = 0; i < array.Items.Count; i++)
        {
            var value = Convert(array.Items[i], document, file, origins);
            result.Add(value);
            if (value is null && origins is not null)
                origins.RecordNull(result, i.ToString(CultureInfo.InvariantCulture), Position(array.Items[i].Start, document!, file));
        }
        return result;
    }

    private static SourcePosition Position(int offset, Json5Document document, string file)
    {
        var (line, column) = document.Locate(offset);
        return new SourcePosition(file, line, column);
    }
}
