using System.Text.Json;

namespace OpenClaw.Gateway.Core.Configuration.Writing;

/// <summary>Tells what a program wrote from what a person wrote.</summary>
internal static class PlainJson
{
    /// <summary>Whether the text is JSON without any liberty: no comments, no trailing commas, every name in quotes.</summary>
    public static bool Is(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Json5.Json5Document.MaxDepth + 1 });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
