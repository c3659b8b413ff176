using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Json5;
using OpenClaw.Gateway.Core.Configuration.Loading;
using OpenClaw.Gateway.Core.Configuration.Redaction;

namespace OpenClaw.Gateway.Core.Configuration.Writing;

/// <summary>Applies edits to a configuration text. Works on the text a person wrote, never on what it resolves to.</summary>
internal sealed class EditApplication(ConfigSnapshot current)
{
    private readonly Json5Document? _source = current.Raw is { } raw && Json5Document.TryParse(raw, out var parsed, out _) ? parsed : null;

    /// <summary>Set when an edit found nothing to remove.</summary>
    public ConfigPath? Missing { get; private set; }

    public string? Error { get; private set; }

    /// <summary>The document of a <see cref="ConfigEdit.Replace"/> to the letter, where <see cref="Apply"/> found a text that should mean the same.</summary>
    public string? Literal { get; private set; }

    /// <summary>The new text, or null with <see cref="Error"/> or <see cref="Missing"/> set.</summary>
    public string? Apply(IEnumerable<ConfigEdit> edits)
    {
        var text = current.Raw ?? "{}\n";
        foreach (var edit in edits)
        {
            var next = edit switch
            {
                ConfigEdit.Replace replace => Replace(replace.Raw),
                ConfigEdit.Set set => Set(text, set.Path.Segments.AsSpan(), set.Value),
                ConfigEdit.Unset unset => Unset(text, unset.Path),
                ConfigEdit.Merge merge => Merge(text, merge.Patch, []),
                ConfigEdit.MergeText patch => ReadPatch(patch.Raw) is { } read ? Merge(text, read, []) : null,
                _ => throw new InvalidOperationException($"No such edit: {edit.GetType().Name}."),
            };
            if (next is null)
                return null;
            text = next;
        }
        return Restored(text);
    }

    /// <summary>The text with what its redacted values and its known values stand for.</summary>
    private string? Restored(string text) =>
        Parse(text) is { } marked && Take(MarkerRestore.Apply(marked, _source, current.Config)) is { } plain && Parse(plain) is { } document
            ? ReferenceRestore.Apply(document, _source, current.Config)
            : null;

    /// <summary>A document that a program wrote has no comments to give back: the file's text is changed instead, where it differs.</summary>
    private string? Replace(string raw)
    {
        if (Restored(raw) is not { } literal)
            return null;
        if (_source?.Root is not Json5Object || !current.Valid || !PlainJson.Is(raw) || Parse(literal)?.Root is not Json5Object document)
            return literal;
        var before = (JsonObject)Json5Conversion.ToJson(_source)!;
        var after = WrittenForm.Of(before, current.Config, (JsonObject)Json5Conversion.ToJson(document)!);
        var text = Change(_source.Text, ConfigDifference.Edits(before, after));
        Literal = literal;
        return text ?? literal;
    }

    private JsonObject? ReadPatch(string raw)
    {
        if (Parse(raw) is not { } document)
            return null;
        if (Json5Conversion.ToJson(document) is JsonObject patch)
            return patch;
        Error = "config.patch raw must be an object";
        return null;
    }

    /// <summary>The text with the stamp of the program that wrote it.</summary>
    public string? Stamp(string text, string version, DateTimeOffset now)
    {
        // Something else than an object is refused for what it is.
        if (Parse(text)?.Root is not Json5Object)
            return text;
        var stamped = Set(text, ["meta", "lastTouchedVersion"], JsonValue.Create(version));
        var time = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        return stamped is null ? null : Set(stamped, ["meta", "lastTouchedAt"], JsonValue.Create(time));
    }

    private string? Set(string text, ReadOnlySpan<string> path, JsonNode? value) =>
        Parse(text) is { } document ? Take(Json5Edit.Set(document, path, value)) : null;

    private string? Unset(string text, ConfigPath path)
    {
        if (Parse(text) is not { } document)
            return null;
        var result = Json5Edit.Remove(document, path.Segments.AsSpan());
        if (result is { Text: null, Error: null })
        {
            Missing = path;
            IsSetElsewhere(path);
            return null;
        }
        return Take(result);
    }

    /// <summary>Whether an included file sets a value: then it cannot be removed here, and <see cref="Error"/> says where it can.</summary>
    private bool IsSetElsewhere(ConfigPath path)
    {
        if (!path.TryFind(current.Config, out var value) || current.Origins.FindExact(value) is not { } origin)
            return false;
        Error = $"{path} is set at {origin.File}:{origin.Line}:{origin.Column}; remove it there.";
        return true;
    }

    private string? Change(string? text, IEnumerable<ConfigEdit> edits)
    {
        foreach (var edit in edits)
        {
            text = edit switch
            {
                _ when text is null => null,
                ConfigEdit.Set set => Set(text, set.Path.Segments.AsSpan(), set.Value),
                ConfigEdit.Unset unset => Unset(text, unset.Path),
                _ => throw new InvalidOperationException($"A difference has no {edit.GetType().Name}."),
            };
        }
        return text;
    }

    private string? Merge(string? text, JsonObject patch, string[] prefix)
    {
        foreach (var (key, value) in patch)
        {
            if (text is null || Parse(text) is not { } document)
                return null;
            string[] path = [.. prefix, key];
            if (value is null)
                text = Json5Edit.Remove(document, path).Text ?? (IsSetElsewhere(ConfigPath.Of(path)) ? null : text);
            else if (value is JsonObject inner && Find(document, path) is Json5Object)
                text = Merge(text, inner, path);
            else if (value is JsonArray list && Find(document, path) is Json5Array known)
                text = Change(text, ConfigDifference.Edits((JsonArray)Json5Conversion.ToJson(known)!, list, path));
            else
                text = Take(Json5Edit.Set(document, path, WithoutNulls(value)));
        }
        return text;
    }

    private static Json5Node? Find(Json5Document document, string[] path)
    {
        var node = document.Root;
        foreach (var segment in path)
            node = (node as Json5Object)?.Find(segment)?.Value;
        return node;
    }

    private static JsonNode? WithoutNulls(JsonNode? value)
    {
        if (value is not JsonObject obj)
            return value;
        var copy = new JsonObject();
        foreach (var (key, member) in obj.Where(member => member.Value is not null))
            copy[key] = member is JsonObject ? WithoutNulls(member) : member!.DeepClone();
        return copy;
    }

    private Json5Document? Parse(string text)
    {
        if (Json5Document.TryParse(text, out var document, out var error))
            return document;
        Error = $"SyntaxError: {error.Message}";
        return null;
    }

    private string? Take(Json5EditResult result)
    {
        Error = result.Error ?? Error;
        return result.Text;
    }
}
