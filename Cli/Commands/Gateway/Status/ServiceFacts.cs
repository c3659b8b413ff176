using System.Text.Json;

namespace OpenClaw.Cli.Commands.Gateway.Status;

/// <summary>What is known about the gateway as a service of the operating system: which kind there would be, and no more.</summary>
internal static class ServiceFacts
{
    public const string Unknown = "this version does not manage services yet";

    /// <summary>The service manager of this system.</summary>
    public static string Label => OperatingSystem.IsMacOS() ? "LaunchAgent" : OperatingSystem.IsWindows() ? "Scheduled Task" : "systemd";

    /// <summary>The <c>service</c> object of <c>gateway status --json</c>.</summary>
    public static void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("service");
        writer.WriteString("label", Label);
        writer.WriteBoolean("loaded", false);
        writer.WriteNull("command");
        writer.WriteStartObject("runtime");
        writer.WriteString("status", "unknown");
        writer.WriteString("detail", Unknown);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
