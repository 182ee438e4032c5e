/** Smaller pieces than this are put together, once there are some: an object for each costs hundreds of bytes. */
const SMALL_BYTES = 2048;
const FEW_PIECES = 8;
/** The room for them begins small, since most bodies are, and doubles. */
const FIRST_ROOM_BYTES = 256;
const MOST_ROOM_BYTES = 16 * 1024;

/** Bytes that came in pieces, in little more memory than they are, into however many pieces they were cut. */
export class Pieces {
  #pieces: Uint8Array[] = [];
  #bytes = 0;
  /** Where small pieces go: the first so many bytes of it are taken. */
  #room: Uint8Array = new Uint8Array(0);
  #inRoom = 0;
  #nextRoomBytes = FIRST_ROOM_BYTES;

  /** How many bytes are here. */
  get bytes(): number {
    return this.#bytes;
  }

  add(piece: Uint8Array): void {
    this.#bytes += piece.length;
    if (piece.length >= SMALL_BYTES || this.#pieces.length < FEW_PIECES) {
      this.#closeRoom();
      this.#pieces.push(piece);
      return;
    }
    if (this.#inRoom + piece.length > this.#room.length) {
      this.#closeRoom();
      this.#room = new Uint8Array(Math.max(this.#nextRoomBytes, piece.length));
      this.#nextRoomBytes = Math.min(this.#nextRoomBytes * 2, MOST_ROOM_BYTES);
    }
    this.#room.set(piece, this.#inRoom);
    this.#inRoom += piece.length;
  }

  /** Everything so far in order; nothing is left here. */
  take(): readonly Uint8Array[] {
    this.#closeRoom();
    const pieces = this.#pieces;
    this.#pieces = [];
    this.#bytes = 0;
    return pieces;
  }

  /** The same as one; undefined: there is nothing. */
  takeWhole(): Uint8Array | undefined {
    const pieces = this.take();
    return pieces.length > 1 ? Buffer.concat(pieces) : pieces[0];
  }

  #closeRoom(): void {
    if (this.#inRoom === 0) return;
    this.#pieces.push(this.#room.subarray(0, this.#inRoom));
    this.#room = this.#room.subarray(this.#inRoom);
    this.#inRoom = 0;
  }
}
