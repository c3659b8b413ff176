namespace OpenClaw.Gateway.Protocol.Http;

/// <summary>The description of the HTTP API, OpenAPI 3.1, as <c>/openapi.json</c> serves it.</summary>
public static class OpenApiDocument
{
    /// <summary>The document's UTF-8 JSON.</summary>
    public static byte[] Read()
    {
        using var resource = typeof(OpenApiDocument).Assembly.GetManifestResourceStream("openapi.json")!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
