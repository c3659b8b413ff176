using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenClaw.Gateway.Core.Agents.Models;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>The messages API of Anthropic and of servers that speak like it.</summary>
internal sealed class AnthropicChatClient(HttpClient http, ResolvedModel model, TimeProvider time) : IChatClient
{
    private const string Version = "2023-06-01";
    private const string Betas = "fine-grained-tool-streaming-2025-05-14,interleaved-thinking-2025-05-14";

    /// <summary>Tokens of a person's sign-in go into another header than keys.</summary>
    private const string OAuthTokenPrefix = "sk-ant-oat";

    private readonly ModelEndpoint _endpoint = new(http, model, time);

    // People write the address with and without the version.
    private string Path => model.BaseUrl.AbsolutePath.TrimEnd('/').EndsWith("/v1", StringComparison.Ordinal) ? "messages" : "v1/messages";

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var reader = new AnthropicStreamReader();
        await foreach (var document in _endpoint.StreamAsync(Path, () => AnthropicRequest.Write(model, messages, options), AddHeaders, cancellationToken).ConfigureAwait(false))
        {
            using (document)
            {
                foreach (var update in reader.Read(document.RootElement))
                    yield return update;
            }
            if (reader.Ended)
                break;
        }
        foreach (var update in reader.Finish())
            yield return update;
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The connections belong to the factory.
    }

    private void AddHeaders(HttpRequestHeaders headers)
    {
        headers.TryAddWithoutValidation("anthropic-version", Version);
        var betas = Betas;
        if (model.Key is { } key)
        {
            var signIn = key.Value.StartsWith(OAuthTokenPrefix, StringComparison.Ordinal);
            if (signIn)
                betas += ",oauth-2025-04-20";
            if (signIn || model.AuthHeader)
                headers.TryAddWithoutValidation("Authorization", $"Bearer {key.Value}");
            else
                headers.TryAddWithoutValidation("x-api-key", key.Value);
        }
        headers.TryAddWithoutValidation("anthropic-beta", betas);
    }
}
