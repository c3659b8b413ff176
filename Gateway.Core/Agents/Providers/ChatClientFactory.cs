using Microsoft.Extensions.AI;
using OpenClaw.Gateway.Core.Agents.Models;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>Clients over the one egress HTTP client for models.</summary>
internal sealed class ChatClientFactory(IHttpClientFactory http, TimeProvider time) : IChatClientFactory
{
    public IChatClient Create(ResolvedModel model) => model.Info.Api switch
    {
        ModelApis.OpenAiCompletions => new OpenAiChatClient(http.CreateClient(ModelEndpoint.ClientName), model, time),
        ModelApis.AnthropicMessages => new AnthropicChatClient(http.CreateClient(ModelEndpoint.ClientName), model, time),
        ModelApis.Offline => new OfflineChatClient(),
        var api => throw new ArgumentOutOfRangeException(nameof(model), api, "No client speaks this API."),
    };
}
