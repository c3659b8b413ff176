using Microsoft.Extensions.AI;
using OpenClaw.Gateway.Core.Agents.Models;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>Makes the client for a model. Clients are cheap and keep no connection of their own.</summary>
internal interface IChatClientFactory
{
    IChatClient Create(ResolvedModel model);
}
