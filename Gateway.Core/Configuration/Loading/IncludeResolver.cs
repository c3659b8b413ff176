using System.Globalization;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Json5;

namespace OpenClaw.Gateway.Core.Configuration.Loading;

/// <summary>
/// Replaces <c>$include</c> directives by the files they name: a path or a list of paths, relative to the including
/// file, merged in order with the directive's sibling keys on top.
/// </summary>
internal sealed class IncludeResolver(ConfigOrigins origins, List<ConfigIssue> issues)
{
    private const string Directive = "$include";
    private const int MaxDepth = 10;

    /// <summary>Reads of included files for one configuration. Files that include each other ten deep could ask for more than ever ends.</summary>
    private const int MaxReads = 1000;

    private readonly List<string> _files = [];
    private int _reads;

    /// <summary>Every file that was included, absolute, for those who watch for changes.</summary>
    public IReadOnlyList<string> Files => _files;

    public Task<JsonNode?> ResolveAsync(JsonNode? root, string file, CancellationToken cancellation) =>
        ResolveAsync(root, "", [Path.GetFullPath(file)], cancellation);

    private async Task<JsonNode?> ResolveAsync(JsonNode? node, string path, IReadOnlyList<string> chain, CancellationToken cancellation)
    {
        switch (node)
        {
            case JsonObject obj when obj.ContainsKey(Directive):
                return await ResolveDirectiveAsync(obj, path, chain, cancellation).ConfigureAwait(false);
            case JsonObject obj:
                foreach (var key in obj.Select(member => member.Key).ToArray())
                {
                    if (obj[key] is { } value && value is JsonObject or JsonArray)
                        Put(value, await ResolveAsync(value, Join(path, key), chain, cancellation).ConfigureAwait(false), resolved => obj[key] = resolved);
                }
                return obj;
            case JsonArray array:
                for (var i = 0; i < array.Count; i++)
                {
                    var index = i;
                    if (array[i] is { } value && value is JsonObject or JsonArray)
                    {
                        var inner = await ResolveAsync(value, Join(path, i.ToString(CultureInfo.InvariantCulture)), chain, cancellation).ConfigureAwait(false);
                        Put(value, inner, resolved => array[index] = resolved);
                    }
                }
                return array;
            default:
                return node;
        }
    }

    private async Task<JsonNode?> ResolveDirectiveAsync(JsonObject obj, string path, IReadOnlyList<string> chain, CancellationToken cancellation)
    {
        var directive = obj[Directive];
        var place = origins.Find(directive, obj, Directive);
        obj.Remove(Directive);
        JsonNode? included = null;
        switch (directive)
        {
            case JsonValue single when single.TryGetValue<string>(out var name):
                included = await LoadAsync(name, path, place, chain, cancellation).ConfigureAwait(false);
                break;
            case JsonArray list:
                included = new JsonObject();
                foreach (var item in list)
                {
                    if (item is JsonValue value && value.TryGetValue<string>(out var name))
                        included = ConfigMerge.Overlay(included, await LoadAsync(name, path, place, chain, cancellation).ConfigureAwait(false));
                    else
                        Report(path, $"Invalid $include array item: expected string, got {JsonKinds.JavaScriptName(item)}", origins.Find(item, list, null) ?? place);
                }
                break;
            default:
                Report(path, $"Invalid $include value: expected string or array of strings, got {JsonKinds.JavaScriptName(directive)}", place);
                break;
        }
        if (obj.Count == 0)
            return included;
        var siblings = await ResolveAsync(obj, path, chain, cancellation).ConfigureAwait(false);
        if (included is JsonObject)
            return ConfigMerge.Overlay(included, siblings);
        if (issues.Count == 0)
            Report(path, "Sibling keys require included content to be an object", place);
        return obj;
    }

    private async Task<JsonNode?> LoadAsync(string name, string path, SourcePosition? place, IReadOnlyList<string> chain, CancellationToken cancellation)
    {
        if (name.Contains('\0', StringComparison.Ordinal))
        {
            Report(path, "Invalid $include value: the character U+0000 is in the path", place);
            return null;
        }
        var file = Path.GetFullPath(name, Path.GetDirectoryName(chain[^1])!);
        if (chain.Contains(file))
        {
            Report(path, $"Circular include detected: {string.Join(" -> ", chain)} -> {file}", place);
            return null;
        }
        if (chain.Count > MaxDepth)
        {
            Report(path, $"Maximum include depth ({MaxDepth}) exceeded at: {name}", place);
            return null;
        }
        if (++_reads > MaxReads)
        {
            if (_reads == MaxReads + 1)
                Report(path, $"More than {MaxReads} files are included; the rest starts with: {name}", place);
            return null;
        }
        var source = await ConfigFileReader.ReadAsync(file, cancellation).ConfigureAwait(false);
        if (source.Text is null)
        {
            Report(path, $"Failed to read include file: {name} (resolved: {file})", place, source.Problem ?? "no such file");
            return null;
        }
        if (!_files.Contains(file))
            _files.Add(file);
        if (!Json5Document.TryParse(source.Text, out var document, out var error))
        {
            Report(path, $"Failed to parse include file: {name} (resolved: {file})", new SourcePosition(file, error.Line, error.Column), error.Message);
            return null;
        }
        var parsed = Json5Conversion.ToJson(document, file, origins);
        return await ResolveAsync(parsed, path, [.. chain, file], cancellation).ConfigureAwait(false);
    }

    private void Report(string path, string message, SourcePosition? place, string? detail = null) =>
        issues.Add(IssueFactory.Create(path, message, detail, place));

    private static void Put(JsonNode old, JsonNode? resolved, Action<JsonNode?> assign)
    {
        if (!ReferenceEquals(old, resolved))
            assign(resolved);
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : path + "." + key;
}
