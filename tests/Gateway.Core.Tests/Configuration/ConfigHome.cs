using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Configuration;

/// <summary>A home directory of the test's own with a configuration file in it.</summary>
internal sealed class ConfigHome : IDisposable
{
    private readonly TempDirectory _directory = new();

    public ConfigHome(string? config = null, Dictionary<string, string>? variables = null, string? profile = null)
    {
        Variables = variables ?? [];
        Variables["HOME"] = Home;
        Environment = GatewayEnvironment.Create(new EnvironmentInputs
        {
            Variables = Variables,
            UserHomeDirectory = Home,
            CurrentDirectory = Home,
            TempDirectory = _directory["tmp"],
            UserId = 1000,
            Profile = profile,
        });
        Loader = new ConfigLoader(Environment);
        if (config is not null)
            Write(config);
    }

    public Dictionary<string, string> Variables { get; }

    public string Home => _directory.Path;

    public string this[params string[] parts] => _directory[parts];

    public GatewayEnvironment Environment { get; }

    public ConfigLoader Loader { get; }

    public string ConfigText => File.ReadAllText(Environment.ConfigPath);

    public void Write(string config)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Environment.ConfigPath)!);
        File.WriteAllText(Environment.ConfigPath, config);
    }

    public Task<ConfigSnapshot> LoadAsync() => Loader.LoadAsync();

    public async Task<ConfigStore> OpenAsync() => new(Loader, await LoadAsync(), NullLogger<ConfigStore>.Instance);

    public void Dispose() => _directory.Dispose();
}
