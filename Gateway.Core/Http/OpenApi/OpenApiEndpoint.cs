using Microsoft.AspNetCore.Http;
using OpenClaw.Gateway.Core.Http.Answers;
using OpenClaw.Gateway.Protocol.Http;

namespace OpenClaw.Gateway.Core.Http.OpenApi;

/// <summary><c>GET /openapi.json</c>: what the API is. It tells nothing of this installation, so everybody may read it.</summary>
internal sealed class OpenApiEndpoint : IApiEndpoint
{
    public const string Path = "/openapi.json";

    private readonly Lazy<byte[]> _document = new(OpenApiDocument.Read);

    public bool Serves(string path) => path == Path;

    public string? DisabledBecause => null;

    public string Methods => "GET, HEAD";

    public bool TakesGatewaySecret => false;

    public Task HandleAsync(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
            ? ApiAnswers.WriteAsync(context, StatusCodes.Status200OK, _document.Value)
            : ApiAnswers.WriteAsync(context, ApiPipeline.WrongMethod(this));
}
