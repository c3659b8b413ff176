using Microsoft.AspNetCore.Http;

namespace OpenClaw.Gateway.Core.Http;

/// <summary>One path of the HTTP API, or one family of paths. It is asked per request, so that a changed configuration counts at once.</summary>
internal interface IApiEndpoint
{
    /// <summary>Whether the path is this endpoint's; compared exactly, as in the original.</summary>
    bool Serves(string path);

    /// <summary>Why the path is not served now, for the caller; null when it is.</summary>
    string? DisabledBecause { get; }

    /// <summary>The methods it takes, as <c>Allow</c> says them.</summary>
    string Methods { get; }

    /// <summary>False for an endpoint with secrets of its own, which then answers a wrong method itself.</summary>
    bool TakesGatewaySecret => true;

    /// <summary>Answers. The method is one of <see cref="Methods"/> and the caller is known, unless <see cref="TakesGatewaySecret"/> is false.</summary>
    Task HandleAsync(HttpContext context);
}
