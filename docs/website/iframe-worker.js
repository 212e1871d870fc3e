// Worker -> the same in a frame, where the guide is read from files: browsers start no worker from file://. The search
// of Material for MkDocs runs in a worker; without this it would ask another host for such a shim.
if (location.protocol === "file:") {
  // By the second name Material knows that it runs in a frame, and where from there its other files are.
  window.Worker = window.IFrameWorker = class extends EventTarget {
    constructor(url) {
      super();
      this.waiting = [];
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      document.body.append(this.frame);
      const inside = this.frame.contentWindow;
      inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      inside.importScripts = (...urls) => urls.reduce((before, next) => before.then(() => run(inside, next)), Promise.resolve());
      run(inside, url).then(() => {
        this.ready = true;
        this.waiting.forEach((data) => this.postMessage(data));
      });
    }

    postMessage(data) {
      if (!this.ready) this.waiting.push(data);
      else this.frame.contentWindow.dispatchEvent(new MessageEvent("message", { data }));
    }

    set onmessage(listener) {
      this.addEventListener("message", listener);
    }

    terminate() {
      this.frame.remove();
    }
  };
}

// Run the script at an address in a frame.
function run(inside, url) {
  return new Promise((done, failed) => {
    const script = inside.document.createElement("script");
    script.src = new URL(url, document.baseURI).href;
    script.onload = done;
    script.onerror = failed;
    inside.document.body.append(script);
  });
}
