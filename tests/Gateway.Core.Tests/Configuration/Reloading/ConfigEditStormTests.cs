using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Json5;
using OpenClaw.Gateway.Core.Configuration.Reloading;
using OpenClaw.Gateway.Core.Configuration.Writing;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Lifetime;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Configuration.Reloading;

/// <summary>
/// Edits of every kind by people, commands and clients, good and bad ones, on a gateway with clients: it never goes down, and no key
/// and no comment is ever lost. <c>eng/config-storm</c> runs many more.
/// </summary>
public sealed class ConfigEditStormTests
{
    private const int Seed = 20261121;

    private static int Edits => int.TryParse(Environment.GetEnvironmentVariable("CONFIG_STORM_EDITS"), CultureInfo.InvariantCulture, out var edits) ? edits : 500;

    [Fact]
    public async Task ManyEdits_NeverBringItDown_AndLoseNothing()
    {
        await using var storm = await Storm.StartAsync();
        var random = new Random(Seed);
        for (var i = 0; i < Edits; i++)
        {
            var kind = random.Next(9);
            await storm.EditAsync(kind, i, random);
            Assert.True(storm.LostNothing(out var lost), $"edit {i} of kind {kind}, seed {Seed}: {lost}");
            if (i % 20 == 0)
                await storm.IsInForceAsync();
        }
        await storm.IsInForceAsync();
        await storm.IsUpAsync();
    }

    private sealed class Storm : IAsyncDisposable
    {
        private readonly Dictionary<string, string> _keys = [];
        private readonly List<string> _comments = ["// the first line"];
        private readonly GatewayTestHost _host;
        private readonly RawClient _client;
        private readonly RawClient _watcher;
        private readonly string[] _connections;
        private readonly ConfigLoader _loader;

        private Storm(GatewayTestHost host, RawClient client, RawClient watcher)
        {
            (_host, _client, _watcher) = (host, client, watcher);
            _loader = new ConfigLoader(Store.Environment);
            _connections = Connections();
        }

        private ConfigStore Store => _host.Services.GetRequiredService<ConfigStore>();

        private string Text => File.ReadAllText(_host.ConfigPath);

        public static async Task<Storm> StartAsync()
        {
            var host = await GatewayTestHost.StartAsync(
                """
                // the first line
                {
                  gateway: { mode: "local", auth: { token: "tok-test" }, reload: { debounceMs: 0 } },
                  env: { vars: { START: "x" } },
                }
                """,
                services: static services => services.AddSingleton(new ConfigWatchOptions { Interval = TimeSpan.FromMilliseconds(5), Reread = TimeSpan.FromMilliseconds(100) }));
            var clients = new[] { await host.ConnectRawAsync(), await host.ConnectRawAsync() };
            foreach (var client in clients)
                await client.HelloAsync();
            return new Storm(host, clients[0], clients[1]);
        }

        public async Task EditAsync(int kind, int number, Random random)
        {
            // Few names, so that keys are changed and removed as well as added.
            var key = $"V{random.Next(25)}";
            var value = $"value {number}";
            switch (kind)
            {
                case 0:
                    await File.WriteAllTextAsync(_host.ConfigPath, Person(key, value));
                    break;
                case 1:
                    await RenameAsync(Person(key, value));
                    break;
                case 2:
                    await TearAsync(Person(key, value), random);
                    break;
                case 3:
                    var good = Text;
                    await File.WriteAllTextAsync(_host.ConfigPath, Broken(good, random));
                    await IsUpAsync();
                    await RenameAsync(good);
                    break;
                case 4:
                    Note($"// note {number}");
                    break;
                case 5:
                    await WriteAsync(new ConfigEdit.Set(ConfigPath.Of("env", "vars", key), value));
                    _keys[key] = value;
                    break;
                case 6:
                    if (_keys.Remove(key))
                        await WriteAsync(new ConfigEdit.Unset(ConfigPath.Of("env", "vars", key)));
                    break;
                case 7:
                    await CallAsync("config.patch", new JsonObject { ["env"] = new JsonObject { ["vars"] = new JsonObject { [key] = value } } }.ToJsonString());
                    _keys[key] = value;
                    break;
                default:
                    await SaveFormAsync(key, value);
                    break;
            }
        }

        /// <summary>Every key has its last value and every comment is where it was, in the file.</summary>
        public bool LostNothing(out string lost)
        {
            var text = Text;
            lost = string.Join(", ", _comments.Where(comment => !text.Contains(comment + "\n", StringComparison.Ordinal)));
            if (lost.Length > 0)
                return false;
            if (!Json5Document.TryParse(text, out var document, out var error))
            {
                lost = "the file: " + error.Message;
                return false;
            }
            var vars = Core.Configuration.Loading.Json5Conversion.ToJson(document)!["env"]!["vars"]!.AsObject();
            lost = string.Join(", ", _keys.Where(pair => (string?)vars[pair.Key] != pair.Value).Select(pair => $"{pair.Key} is {vars[pair.Key]} instead of {pair.Value}"));
            if (vars.Count != _keys.Count + 1)
                lost += $" {vars.Count} variables instead of {_keys.Count + 1}";
            return lost.Length == 0;
        }

        /// <summary>What the file says comes into force, and no problem is left.</summary>
        public Task IsInForceAsync() => TestTimeouts.Until(
            () => Store.Problem is null && Store.Current.Config["env"]!["vars"] is JsonObject vars && vars.Count == _keys.Count + 1 && _keys.All(pair => (string?)vars[pair.Key] == pair.Value),
            "the file to come into force");

        public async Task IsUpAsync()
        {
            Assert.True((bool)(await _watcher.RequestAsync("health"))["ok"]!);
            Assert.True((bool)(await _client.RequestAsync("config.get"))["ok"]!);
            Assert.Equal(_connections, Connections());
            Assert.Null(_host.Services.GetRequiredService<GatewayLifetime>().Stopping);
            Assert.False(_host.Services.GetRequiredService<GatewayRestart>().IsScheduled);
        }

        public async ValueTask DisposeAsync()
        {
            await _client.DisposeAsync();
            await _watcher.DisposeAsync();
            await _host.DisposeAsync();
        }

        private string[] Connections() => [.. _host.Services.GetRequiredService<ConnectionRegistry>().All.Select(static connection => connection.Id).Order(StringComparer.Ordinal)];

        /// <summary>The text as an editor with the file open would save it.</summary>
        private string Person(string key, string value)
        {
            Assert.True(Json5Document.TryParse(Text, out var document, out _));
            _keys[key] = value;
            return Json5Edit.Set(document, ["env", "vars", key], value).Text!;
        }

        private void Note(string comment)
        {
            _comments.Add(comment);
            File.WriteAllText(_host.ConfigPath, comment + "\n" + Text);
        }

        private async Task RenameAsync(string text)
        {
            await File.WriteAllTextAsync(_host.ConfigPath + ".edited", text);
            File.Move(_host.ConfigPath + ".edited", _host.ConfigPath, overwrite: true);
        }

        /// <summary>Half of the text, and a while later the other half.</summary>
        private async Task TearAsync(string text, Random random)
        {
            var half = random.Next(text.Length);
            await using var file = new StreamWriter(_host.ConfigPath);
            await file.WriteAsync(text.AsMemory(0, half));
            await file.FlushAsync();
            await IsUpAsync();
            await file.WriteAsync(text.AsMemory(half));
        }

        private static string Broken(string text, Random random) => random.Next(4) switch
        {
            0 => "",
            1 => text[..random.Next(1, text.Length - 2)],
            2 => text.Replace("mode: \"local\"", "mode: 5", StringComparison.Ordinal).Replace("\"mode\": \"local\"", "\"mode\": 5", StringComparison.Ordinal),
            _ => text.Replace("{", "[", StringComparison.Ordinal),
        };

        private async Task WriteAsync(ConfigEdit edit)
        {
            var result = await new ConfigWriter(_loader, TimeProvider.System).WriteAsync(edit);
            Assert.True(result.Succeeded, result.Error);
        }

        /// <summary>As the browser's form: everything that is in force, with the secrets behind their marker, and one change.</summary>
        private async Task SaveFormAsync(string key, string value)
        {
            var form = (await _client.RequestAsync("config.get"))["payload"]!["config"]!.AsObject();
            form["env"]!["vars"]![key] = value;
            await CallAsync("config.set", form.ToJsonString());
            _keys[key] = value;
        }

        private async Task CallAsync(string method, string raw)
        {
            var hash = (string?)(await _client.RequestAsync("config.get"))["payload"]!["hash"];
            var answer = await _client.RequestAsync(method, new JsonObject { ["raw"] = raw, ["baseHash"] = hash });
            Assert.True((bool)answer["ok"]!, answer.ToJsonString());
        }
    }
}
