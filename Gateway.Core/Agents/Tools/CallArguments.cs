using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Buffers;

namespace OpenClaw.Gateway.Core.Agents.Tools;

/// <summary>Reads the arguments of a tool call: JSON in a string, as a model wrote it. Models write broken ones.</summary>
internal static class CallArguments
{
    /// <summary>They are nested in requests and in transcripts, whose readers stop at 64 levels.</summary>
    private const int MaxDepth = 48;

    /// <summary>The arguments, none for an empty text, or what is wrong with them. Arguments that were read can be written.</summary>
    public static (JsonObject? Arguments, string? Error) Read(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return ([], null);
        var json = Encoding.UTF8.GetBytes(text);
        try
        {
            if (JsonText.HasBrokenText(json, MaxDepth))
                return (null, "The arguments are not valid JSON: a string holds half of a surrogate pair.");
            // A repeated name would only be found, by an exception, where the object is read.
            return JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false }) is JsonObject arguments
                ? (arguments, null)
                : (null, "The arguments are not a JSON object.");
        }
        catch (JsonException e)
        {
            return (null, $"The arguments are not valid JSON: {e.Message}");
        }
    }
}
