using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OpenClaw.Fakes.Telegram;

/// <summary>Reads parameters however they come: in the URL, as JSON, as a form, with files.</summary>
internal static class RequestReader
{
    public static async Task<(JsonObject Parameters, IReadOnlyDictionary<string, UploadedFile> Files)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var parameters = new JsonObject();
        var files = new Dictionary<string, UploadedFile>();
        foreach (var (name, value) in request.Query)
            parameters[name] = Value(value.ToString());
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(cancellationToken);
            foreach (var (name, value) in form)
                parameters[name] = Value(value.ToString());
            foreach (var file in form.Files)
            {
                using var content = new MemoryStream();
                await file.CopyToAsync(content, cancellationToken);
                files[file.Name] = new UploadedFile(file.FileName, file.ContentType, content.ToArray());
                parameters[file.Name] ??= file.FileName;
            }
        }
        else if (request.ContentLength is > 0 || request.Headers.TransferEncoding.Count > 0)
        {
            var body = await JsonNode.ParseAsync(request.Body, cancellationToken: cancellationToken) as JsonObject ?? [];
            foreach (var (name, value) in body)
                parameters[name] = value?.DeepClone();
        }
        return (parameters, files);
    }

    /// <summary>Forms carry objects as JSON text and numbers as digits.</summary>
    private static JsonNode? Value(string text)
    {
        if (text is "true" or "false" || (text.Length is > 0 and < 19 && long.TryParse(text, out _)) || text.StartsWith('{') || text.StartsWith('['))
        {
            try
            {
                return JsonNode.Parse(text);
            }
            catch (JsonException)
            {
                return text;
            }
        }
        return text;
    }
}
