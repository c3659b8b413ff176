using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Writing;

/// <summary>
/// Finds out what to write for a document that was made from the effective configuration: clients are shown values with includes
/// merged, variables filled in and defaults added, and give all of it back.
/// </summary>
internal static class WrittenForm
{
    private const string Include = "$include";

    /// <param name="written">The file as it is.</param>
    /// <param name="resolved">What it means.</param>
    /// <param name="incoming">What it shall mean.</param>
    public static JsonObject Of(JsonObject written, JsonObject resolved, JsonObject incoming) => Merge(written, resolved, incoming);

    private static JsonObject Merge(JsonObject? written, JsonObject? resolved, JsonObject incoming)
    {
        var result = new JsonObject();
        if (written?[Include] is { } include && !incoming.ContainsKey(Include))
            result[Include] = include.DeepClone();
        foreach (var (key, value) in incoming)
        {
            JsonNode? asWritten = null, asResolved = null;
            var isWritten = written is not null && written.TryGetPropertyValue(key, out asWritten);
            var isResolved = resolved is not null && resolved.TryGetPropertyValue(key, out asResolved);
            if (isWritten && JsonNode.DeepEquals(value, asWritten))
                result[key] = value?.DeepClone();
            else if (isResolved && JsonNode.DeepEquals(value, asResolved))
            {
                // Without a place in the file it comes from an include or a default, and goes on coming from there.
                if (isWritten)
                    result[key] = asWritten?.DeepClone();
            }
            else if (value is JsonObject inner && (asWritten is JsonObject || (asWritten is null && asResolved is JsonObject)))
                result[key] = Merge(asWritten as JsonObject, asResolved as JsonObject, inner);
            else if (value is JsonArray list && asWritten is JsonArray writtenList)
                result[key] = Merge(writtenList, asResolved as JsonArray, list);
            else
                result[key] = value?.DeepClone();
        }
        return result;
    }

    private static JsonArray Merge(JsonArray written, JsonArray? resolved, JsonArray incoming)
    {
        var result = new JsonArray();
        for (var i = 0; i < incoming.Count; i++)
        {
            var asWritten = ListItems.Match(incoming, i, written);
            var asResolved = resolved is null ? null : ListItems.Match(incoming, i, resolved);
            result.Add(
                asWritten is null ? incoming[i]?.DeepClone()
                : JsonNode.DeepEquals(incoming[i], asResolved) ? asWritten.DeepClone()
                : incoming[i] is JsonObject item && asWritten is JsonObject known ? Merge(known, asResolved as JsonObject, item)
                : incoming[i]?.DeepClone());
        }
        return result;
    }
}
