namespace OpenClaw.Gateway.Core.Sessions;

/// <summary>The settings as they are now; configuration may be reloaded at any time, so read them at the point of use.</summary>
internal interface ISessionSettings
{
    SessionSettings Current { get; }
}
