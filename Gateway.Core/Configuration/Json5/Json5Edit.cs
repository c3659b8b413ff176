using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Loading;

namespace OpenClaw.Gateway.Core.Configuration.Json5;

/// <summary>An edited text, or why the edit is impossible.</summary>
/// <param name="Text">The new text; null with an error, or when there was nothing to remove.</param>
/// <param name="Error">What stands in the way.</param>
internal sealed record Json5EditResult(string? Text, string? Error);

/// <summary>
/// Changes one value in a JSON5 text and leaves every other character alone: comments, layout, order, quotes.
/// The result is parsed and compared with what the edit should have meant before it is handed out.
/// </summary>
internal static class Json5Edit
{
    public static Json5EditResult Set(Json5Document document, ReadOnlySpan<string> path, JsonNode? value)
    {
        var style = Json5Style.Of(document);
        var node = document.Root;
        for (var i = 0; i < path.Length; i++)
        {
            if (Child(node, path[i], out var error) is { } child)
            {
                var last = i == path.Length - 1;
                if (!last && child is Json5Object or Json5Array)
                {
                    node = child;
                    continue;
                }
                if (!TryNest(path[(i + 1)..], value, out var replacement, out error))
                    return new(null, error);
                if (JsonNode.DeepEquals(replacement, Json5Conversion.ToJson(child)))
                    return new(document.Text, null);
                var text = style.Value(replacement, Json5Style.LineIndent(document.Text, child.Start));
                return Checked(document, path, value, document.Text[..child.Start] + text + document.Text[child.End..]);
            }
            if (error is not null || !TryNest(path[(i + 1)..], value, out var added, out error))
                return new(null, error);
            var name = node is Json5Object ? path[i] : null;
            return Checked(document, path, value, Json5Splice.Insert(document, style, node, name, added));
        }
        return new(style.Value(value, ""), null);
    }

    /// <summary>A result without text and error means that there is no such value.</summary>
    public static Json5EditResult Remove(Json5Document document, ReadOnlySpan<string> path)
    {
        var node = document.Root;
        foreach (var segment in path[..^1])
        {
            if (Child(node, segment, out _) is not { } child)
                return new(null, null);
            node = child;
        }
        var key = path[^1];
        if (Child(node, key, out _) is null)
            return new(null, null);
        var current = document;
        var holder = path[..^1].ToArray();
        while (true)
        {
            // A name may be written twice; removing only the last would bring the one before it to life.
            var container = holder.Aggregate(current.Root, (at, segment) => Child(at, segment, out _)!);
            var text = Json5Splice.Remove(current, container, key);
            if (!Json5Document.TryParse(text, out var next, out var error))
                throw new InvalidOperationException($"Removing a value made the text unreadable: {error.Message}");
            var rest = holder.Aggregate(next.Root, (at, segment) => Child(at, segment, out _)!);
            if (rest is not Json5Object obj || obj.Find(key) is null)
                return CheckedRemoval(document, path, text);
            current = next;
        }
    }

    private static Json5Node? Child(Json5Node node, string segment, out string? error)
    {
        error = null;
        switch (node)
        {
            case Json5Object obj:
                return obj.Find(segment)?.Value;
            case Json5Array array when ConfigPath.IsIndex(segment, out var index):
                if (index > array.Items.Count)
                    error = $"Index {index} is past the end of a list of {array.Items.Count}";
                return index < array.Items.Count ? array.Items[index] : null;
            case Json5Array:
                error = $"Expected numeric index for array segment \"{segment}\"";
                return null;
            default:
                error = $"Cannot traverse into \"{segment}\" (not an object)";
                return null;
        }
    }

    /// <summary>The objects and lists that the rest of a path needs around a value.</summary>
    private static bool TryNest(ReadOnlySpan<string> path, JsonNode? value, out JsonNode? nested, out string? error)
    {
        nested = value?.DeepClone();
        error = null;
        for (var i = path.Length - 1; i >= 0; i--)
        {
            if (!ConfigPath.IsIndex(path[i], out var index))
                nested = new JsonObject { [path[i]] = nested };
            else if (index == 0)
                nested = new JsonArray(nested);
            else
            {
                error = $"Index {index} is past the end of a list of 0";
                return false;
            }
        }
        return true;
    }

    private static Json5EditResult Checked(Json5Document before, ReadOnlySpan<string> path, JsonNode? value, string text)
    {
        var expected = JsonTreeEdit.Set(Json5Conversion.ToJson(before), path, value);
        return Verified(expected, text);
    }

    private static Json5EditResult CheckedRemoval(Json5Document before, ReadOnlySpan<string> path, string text)
    {
        var expected = JsonTreeEdit.Remove(Json5Conversion.ToJson(before), path);
        return Verified(expected, text);
    }

    private static Json5EditResult Verified(JsonNode? expected, string text)
    {
        if (!Json5Document.TryParse(text, out var after, out var error))
            return new(null, $"The edited text would not be readable: {error.Message}");
        return JsonNode.DeepEquals(expected, Json5Conversion.ToJson(after))
            ? new Json5EditResult(text, null)
            : throw new InvalidOperationException("An edit of the configuration text would have changed more than it should.");
    }
}
